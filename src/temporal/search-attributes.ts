import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { NativeConnection } from '@temporalio/worker';
import { SEARCH_ATTRIBUTES } from '../../workflows/names.ts';

export const SEARCH_ATTRIBUTE_NAMES: readonly string[] = Object.values(SEARCH_ATTRIBUTES);

export const suiteKey = defineSearchAttributeKey(SEARCH_ATTRIBUTES.suite, SearchAttributeType.KEYWORD);

const KEYWORD = proto.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;

/** Names of ours that the namespace does not know. Throws what the server says when it refuses to list them. */
export const missingSearchAttributes = async (
  connection: NativeConnection,
  namespace: string,
): Promise<readonly string[]> => {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return SEARCH_ATTRIBUTE_NAMES.filter((name) => customAttributes[name] !== KEYWORD);
};

/**
 * Registers what is missing. Resolves to null if all are there afterwards, else to a sentence that says
 * why they are not: without them everything works but the filters of the Temporal UI.
 */
export const ensureSearchAttributes = async (
  connection: NativeConnection,
  namespace: string,
): Promise<string | null> => {
  try {
    const missing = await missingSearchAttributes(connection, namespace);
    if (missing.length === 0) return null;
    const searchAttributes = Object.fromEntries(missing.map((name) => [name, KEYWORD]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
    return null;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `search attributes ${SEARCH_ATTRIBUTE_NAMES.join(', ')} are not registered (${why}); going on without them`;
  }
};
