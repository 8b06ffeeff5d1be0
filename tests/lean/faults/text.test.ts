import { playGroup } from './play.ts';

playGroup('text');
