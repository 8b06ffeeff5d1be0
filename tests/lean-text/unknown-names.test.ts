import { expect, test } from '@jest/globals';
import { unknownNames } from '../../src/lean-text/unknown-names.ts';
import type { Diagnostic } from '../../src/model/index.ts';

const said = (text: string, severity: Diagnostic['severity'] = 'error'): Diagnostic => ({
  severity,
  pos: { line: 1, column: 0 },
  endPos: null,
  text,
});

test('names are read from what Lean says now and said before, each once', () => {
  const field =
    'Invalid field `foo`: The environment does not contain `Nat.foo`, so it is not possible to project the field `foo` from an expression\n  a\nof type `Nat`';
  const older = "invalid field 'bar', the environment does not contain 'Nat.bar'";
  expect(
    unknownNames([
      said('Unknown identifier `x.y`'),
      said('Unknown constant `Nat.add_com`'),
      said(field),
      said(older),
      said("unknown identifier 'old'"),
      said("unknown constant 'Old.one'"),
      said('Unknown identifier `x.y`'),
    ]),
  ).toEqual(['x.y', 'Nat.add_com', 'Nat.foo', 'Nat.bar', 'old', 'Old.one']);
});

test('warnings and other errors name nothing', () => {
  expect(
    unknownNames([said('Unknown identifier `x`', 'warning'), said('type mismatch `x`'), said('')]),
  ).toEqual([]);
});
