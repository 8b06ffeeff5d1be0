import { playGroup } from './play.ts';

playGroup('loop');
