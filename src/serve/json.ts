import { HttpFault } from './http-fault.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A body as JSON, for fastify. Fails with 400 and what is wrong where. Own keys such as `__proto__` are dropped by the schemas. */
export async function parseJson(_request: unknown, body: Buffer | string): Promise<unknown> {
  const refuse = (why: string) => new HttpFault(400, 'bad_json', why);
  if (body.length === 0) throw refuse('the body is empty; JSON was expected');
  let text: string;
  try {
    text = typeof body === 'string' ? body : utf8.decode(body);
  } catch {
    throw refuse('the body is not UTF-8');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(`the body is not JSON: ${(error as Error).message}`);
  }
}
