import type { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import type { Store } from '../../store/store.ts';

/** What run functions stand on; a `Session` with a store has it all. */
export type RunContext = {
  readonly client: Client;
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** Workflows may carry our search attributes. */
  readonly searchAttributes: boolean;
  readonly store: Store;
};
