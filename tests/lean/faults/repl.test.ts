import { playGroup } from './play.ts';

playGroup('repl');
