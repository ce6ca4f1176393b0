import { access, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What a data folder was begun with, kept in a file of it, for its data does not move. */
export const remembered = async <T>(home: string, file: string): Promise<T | undefined> => {
  const text = await readFile(path.join(home, file), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as T);
};

export const remember = (home: string, file: string, what: object): Promise<void> =>
  writeFile(path.join(home, file), `${JSON.stringify(what)}\n`);

/** Whether the data folder holds a file: one that is older than the choice says by that what it was begun with. */
export const holds = (home: string, ...place: string[]): Promise<boolean> =>
  access(path.join(home, ...place)).then(
    () => true,
    () => false,
  );

/** What to do where another choice is asked for than the folder was begun with. */
export const STAY =
  'go on with that, choose another folder with PHONE82_HOME, or wipe it with "./phone82 reset".';
