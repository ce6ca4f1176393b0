import { type ProgramRun, runProgram } from '@phone82/checks';

/** Runs docker; throws what it says if it fails. */
export async function docker(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await tryDocker(...args);
  if (code !== 0) throw new Error(`docker ${args.join(' ')} ended with ${code}:\n${stderr}${stdout}`);
  return stdout.trim();
}

/** Runs docker and hands back how it went. */
export const tryDocker = (...args: readonly string[]): Promise<ProgramRun> =>
  runProgram('docker', args).catch((error: Error) => {
    throw new Error(`These tests need Docker (apt-get install docker.io): ${error.message}`);
  });

/** How every container of the image is run: as the chart does, on the machine's own network. */
export const RESTRICTED = [
  '--network=host',
  '--read-only',
  '--cap-drop=ALL',
  '--security-opt=no-new-privileges',
  '--user=10001:10001',
] as const;

/** Runs a role of the image to its end, with what is written there. */
export const runRole = (image: string, env: Readonly<Record<string, string>>, ...role: readonly string[]) =>
  tryDocker('run', '--rm', ...RESTRICTED, ...settings(env), image, ...role);

export interface RunningRole {
  /** Asks it to end as Kubernetes does, and gives the code with which it did. */
  stop(): Promise<number>;
  logs(): Promise<string>;
  remove(): Promise<void>;
}

/** Starts a role of the image; files may be kept in /data until it is removed. */
export async function startRole(
  image: string,
  env: Readonly<Record<string, string>>,
  role: string,
): Promise<RunningRole> {
  const data = '--tmpfs=/data:uid=10001,gid=10001,mode=0700';
  const id = await docker('run', '--detach', ...RESTRICTED, data, ...settings(env), image, role);
  return {
    stop: async () => {
      await docker('stop', '--time=25', id);
      return Number(await docker('inspect', '--format={{.State.ExitCode}}', id));
    },
    logs: async () => {
      const { stdout, stderr } = await tryDocker('logs', id);
      return `${stdout}${stderr}`;
    },
    remove: async () => void (await docker('rm', '--force', id)),
  };
}

const settings = (env: Readonly<Record<string, string>>) =>
  Object.entries(env).map(([key, value]) => `--env=${key}=${value}`);
