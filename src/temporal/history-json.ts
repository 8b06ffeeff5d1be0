import { createRequire } from 'node:module';
import proto from '@temporalio/proto';

export type History = proto.temporal.api.history.v1.IHistory;
type ProtoJson = {
  toJson(type: unknown, message: unknown): unknown;
  fromJson(type: unknown, json: unknown, options: { ignoreUnknownFields: boolean }): History;
};

/**
 * The SDK's own converter fails when npm gives `@temporalio/common` and `@temporalio/proto` a protobufjs each
 * ("type must be a Type"): both have to be the copy that the message types were made with.
 */
const require = createRequire(import.meta.url);
const { toJson, fromJson } = createRequire(require.resolve('@temporalio/proto'))(
  'protobufjs/ext/protojson',
) as ProtoJson;
const { patchProtobufRoot } = require('@temporalio/proto/lib/patch-protobuf-root') as {
  patchProtobufRoot(root: unknown): { lookupType(name: string): unknown };
};
const HISTORY = patchProtobufRoot(proto).lookupType('temporal.api.history.v1.History');

/** A history as JSON, in the form that the Temporal CLI and UI read and write. */
export const historyToJson = (history: History): string =>
  JSON.stringify(toJson(HISTORY, proto.temporal.api.history.v1.History.fromObject(history)));

export const historyFromJson = (json: string): History =>
  fromJson(HISTORY, JSON.parse(json), { ignoreUnknownFields: true });
