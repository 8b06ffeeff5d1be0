import { playGroup } from './play.ts';

playGroup('schedule');
