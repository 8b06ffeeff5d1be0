import { playGroup } from './play.ts';

playGroup('kill');
