import { z } from 'zod';
import { variantNames } from '../prover/prompts/variants.ts';
import type { Form } from './values.ts';

/** The name of a prompt variant, or "adaptive": null, chosen by what won before. */
export const promptName: Form<string | null> = () =>
  z.unknown().transform((value, ctx): string | null => {
    if (value === 'adaptive') return null;
    if (typeof value === 'string' && variantNames().includes(value)) return value;
    ctx.addIssue(`expected "adaptive" or one of ${variantNames().join(', ')}`);
    return z.NEVER;
  });
