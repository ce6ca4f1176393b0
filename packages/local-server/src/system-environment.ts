/**
 * The caller's environment variables that every program on this machine may see: where programs, libraries and the home folder
 * are. All others are meant for one program, and another of the same kind must not take them for its own: `PGOPTIONS` is for
 * the user's own PostgreSQL, `JAVA_TOOL_OPTIONS` for the user's own Java.
 */
const SYSTEM = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'TMPDIR',
  'LD_PRELOAD',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
] as const;

type Variables = Readonly<Record<string, string | undefined>>;

/** Those of the named variables that are set. */
export const pick = (from: Variables, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));

/** What any program of the system may see of the caller's environment. Default: that of this process. */
export const systemEnvironment = (from: Variables = process.env): Record<string, string> =>
  pick(from, SYSTEM);

/** What a server of one's own runs with. Its words are read by us, so they are in one language, and its time is UTC. */
export const serverEnvironment = (from: Variables = process.env): Record<string, string> => ({
  ...systemEnvironment(from),
  TZ: 'UTC',
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
});
