import { execFile } from 'node:child_process';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { ErrorFromLog } from './errors-from-log.ts';
import { giveFolder } from './give-folder.ts';
import { chooseRunAs, type RunAs, type ServerKind } from './run-as.ts';
import { serverEnvironment } from './system-environment.ts';

/** A kind of server, and what belongs in a data folder of it. */
export interface OwnedKind extends ServerKind {
  readonly entries: ReadonlySet<string>;
}

/** Makes the data folder where it is not there, and sees to it that the server can run in it. @throws LocalServerError */
export async function ownFolder(
  kind: OwnedKind,
  { program, dataDir, errorFromLog }: { program: string; dataDir: string; errorFromLog: ErrorFromLog },
): Promise<RunAs> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw errorFromLog(printedBy(error), { dataDir }, 'notWritable');
  }
  const runAs = await chooseRunAs(kind, program, dataDir);
  await giveFolder(dataDir, runAs.owner, kind);
  return runAs;
}

/** Works in a folder aside and renames it when complete, so that an interrupted start leaves no half a folder. @throws LocalServerError */
export async function createAside(
  {
    fresh,
    folder,
    dataDir,
    errorFromLog,
  }: { fresh: string; folder: string; dataDir: string; errorFromLog: ErrorFromLog },
  create: () => Promise<void>,
): Promise<void> {
  try {
    await rm(fresh, { recursive: true, force: true });
    await create();
    await chmod(fresh, 0o700);
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true }).catch(() => undefined);
    throw errorFromLog(printedBy(error), { dataDir }, 'initFailed');
  }
}

/** Runs one of a server's programs to its end. */
export async function runProgram(
  { prefix, user }: RunAs,
  cwd: string,
  words: readonly string[],
): Promise<void> {
  const [command = '', ...args] = [...prefix, ...words];
  await promisify(execFile)(command, args, { ...user, cwd, env: serverEnvironment() });
}

function printedBy(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return stderr?.trim() ? stderr : message;
}
