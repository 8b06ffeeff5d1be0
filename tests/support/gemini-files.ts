import type { IncomingMessage, ServerResponse } from 'node:http';
import { json, send } from './gemini-wire.ts';

const START = /^\/upload\/v1(?:beta)?\/files$/;
const SESSION = /^\/upload-session\/(\d+)\/?$/;
const DOWNLOAD = /^\/v1(?:beta)?\/(files\/[^/:]+):download$/;

/** The Files API's wire format: resumable uploads in chunks, downloads. */
export const geminiFiles = () => {
  const files = new Map<string, string>();
  const uploads: { mimeType: string; displayName: string; chunks: Buffer[] }[] = [];

  const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };
  const begin = async (request: IncomingMessage, response: ServerResponse) => {
    const { file } = JSON.parse((await bodyOf(request)).toString('utf8')) as {
      file: { mimeType: string; displayName: string };
    };
    uploads.push({ ...file, chunks: [] });
    response.setHeader(
      'x-goog-upload-url',
      `http://${request.headers.host}/upload-session/${uploads.length}`,
    );
    response.setHeader('x-goog-upload-status', 'active');
    json(response, 200, {});
  };
  const take = async (request: IncomingMessage, response: ServerResponse, n: number) => {
    const upload = uploads[n - 1]!;
    upload.chunks.push(await bodyOf(request));
    const final = String(request.headers['x-goog-upload-command']).includes('finalize');
    response.setHeader('x-goog-upload-status', final ? 'final' : 'active');
    const name = `files/upload-${n}`;
    if (final) files.set(name, Buffer.concat(upload.chunks).toString('utf8'));
    json(response, 200, final ? { file: { name, mimeType: upload.mimeType, state: 'ACTIVE' } } : {});
  };

  return {
    uploads,
    read: (name: string): string => files.get(name) ?? '',
    put: (name: string, text: string): string => {
      files.set(name, text);
      return name;
    },
    /** True if the request was one about files. */
    handle: (request: IncomingMessage, response: ServerResponse, path: string): boolean => {
      const session = SESSION.exec(path);
      const download = DOWNLOAD.exec(path);
      if (START.test(path)) begin(request, response).catch(() => response.destroy());
      else if (session !== null) take(request, response, Number(session[1])).catch(() => response.destroy());
      else if (download !== null) {
        const text = files.get(download[1]!);
        if (text === undefined)
          json(response, 404, { error: { code: 404, message: `no ${download[1]}`, status: 'NOT_FOUND' } });
        else send(response, 200, 'application/octet-stream', text);
      } else return false;
      return true;
    },
  };
};
