import { execa } from 'execa';

const ip = (...args: string[]) => execa('ip', args);

export type Net = {
  /** The address under which both hosts reach the servers of this machine. */
  readonly server: string;
  /** What a command of a host is given to. */
  through(host: 'a' | 'b'): readonly string[];
  /** Takes the cable out of host `a`, or puts it back. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  remove(): Promise<void>;
};

/** Why hosts of their own cannot be made here, or null. */
export const whyNoNet = async (): Promise<string | null> => {
  if (process.platform !== 'linux') return `network namespaces are Linux's; this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const name = `plprobe${process.pid}`;
  const made = await execa('ip', ['netns', 'add', name], { reject: false });
  if (made.failed) return `\`ip netns add\` fails: ${made.stderr || made.shortMessage}`;
  await ip('netns', 'del', name);
  return null;
};

/**
 * Two hosts in network namespaces, each with a cable (a pair of virtual interfaces) to this machine. The servers are
 * reached at this machine's end of b's cable, so that they stay when a's is out.
 */
export const makeNet = async (): Promise<Net> => {
  const net = 16 + (process.pid % 200);
  const nameOf = (host: string) => `pl${process.pid}${host}`;
  const addressOf = (host: string, end: 1 | 2) => `10.${net}.${host === 'a' ? 1 : 2}.${end}`;
  const near = (host: string) => `${nameOf(host)}n`;
  const far = 'eth0';
  const route = async (host: string) => {
    await ip('-n', nameOf(host), 'link', 'set', far, 'up');
    await ip('-n', nameOf(host), 'route', 'replace', 'default', 'via', addressOf(host, 1));
  };
  for (const host of ['a', 'b']) {
    await ip('netns', 'add', nameOf(host));
    await ip('link', 'add', near(host), 'type', 'veth', 'peer', 'name', far, 'netns', nameOf(host));
    await ip('addr', 'add', `${addressOf(host, 1)}/24`, 'dev', near(host));
    await ip('link', 'set', near(host), 'up');
    await ip('-n', nameOf(host), 'addr', 'add', `${addressOf(host, 2)}/24`, 'dev', far);
    await ip('-n', nameOf(host), 'link', 'set', 'lo', 'up');
    await route(host);
  }
  return {
    server: addressOf('b', 1),
    through: (host) => ['ip', 'netns', 'exec', nameOf(host)],
    cut: async () => {
      await ip('-n', nameOf('a'), 'link', 'set', far, 'down');
    },
    mend: () => route('a'),
    remove: async () => {
      for (const host of ['a', 'b']) await execa('ip', ['netns', 'del', nameOf(host)], { reject: false });
    },
  };
};
