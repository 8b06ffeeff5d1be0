import { z } from 'zod';

/** A fault as attempts and results show it: its code in the catalogue, what happened, and what to do where it says more than the catalogue. */
export const faultSchema = z
  .object({ code: z.string(), message: z.string(), fix: z.string().optional() })
  .readonly();
export type Fault = z.infer<typeof faultSchema>;
