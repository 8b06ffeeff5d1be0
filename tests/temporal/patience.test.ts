import { expect, test } from '@jest/globals';
import { patiently } from '../../src/temporal/patience.ts';

const unavailable = () => Object.assign(new Error('connection refused'), { code: 14 });

test('a part of the server that is not there yet is waited for, also where the client wraps the error', async () => {
  const faults = [unavailable(), new Error('list failed', { cause: unavailable() })];
  const look = async () => {
    const fault = faults.shift();
    if (fault !== undefined) throw fault;
    return 'seen';
  };
  expect(await patiently(look)).toBe('seen');
});

test('any other fault is thrown at once, and this one when it lasts', async () => {
  let looks = 0;
  const denied = async () => {
    looks += 1;
    throw Object.assign(new Error('denied'), { code: 7 });
  };
  await expect(patiently(denied)).rejects.toThrow('denied');
  expect(looks).toBe(1);
  const never = async () => {
    throw unavailable();
  };
  await expect(patiently(never, -1)).rejects.toMatchObject({
    code: 'TEMPORAL_UNREACHABLE',
    message: expect.stringContaining('connection refused'),
  });
});
