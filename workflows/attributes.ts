import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { Theorem } from '../src/model/index.ts';
import { SEARCH_ATTRIBUTES } from './names.ts';

const keyword = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);
export const suiteAttribute = keyword(SEARCH_ATTRIBUTES.suite);
const theoremAttribute = keyword(SEARCH_ATTRIBUTES.theorem);
const difficultyAttribute = keyword(SEARCH_ATTRIBUTES.difficulty);
const outcomeAttribute = keyword(SEARCH_ATTRIBUTES.outcome);

/** A server that would not register ours starts workflows without them; then nothing may set one later either. */
const registered = (): boolean => workflowInfo().typedSearchAttributes.get(suiteAttribute) !== undefined;

/** What the child for a theorem is started with. */
export const theoremAttributes = (theorem: Theorem): TypedSearchAttributes | undefined => {
  if (!registered()) return undefined;
  const suite = workflowInfo().typedSearchAttributes.get(suiteAttribute) ?? '';
  return new TypedSearchAttributes([
    { key: suiteAttribute, value: suite },
    { key: theoremAttribute, value: theorem.name.slice(0, 200) },
    ...(theorem.difficulty === undefined ? [] : [{ key: difficultyAttribute, value: theorem.difficulty }]),
  ]);
};

export const setOutcomeAttribute = (outcome: string): void => {
  if (registered()) upsertSearchAttributes([{ key: outcomeAttribute, value: outcome }]);
};
