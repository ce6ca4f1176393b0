import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Files by their path below a root. */
export type Tree = Readonly<Record<string, string>>;

/**
 * Writes a miniature project into a new folder of the system's temporary one, links its workspaces by
 * name as npm does, hands the folder to the work and removes it afterwards.
 */
export async function withPlantedTree<T>(
  files: Tree,
  work: (root: string) => Promise<T> | T,
  workspaces: Tree = {},
): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'phone82-planted-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    for (const [name, folder] of Object.entries(workspaces)) {
      mkdirSync(dirname(join(root, 'node_modules', name)), { recursive: true });
      symlinkSync(join(root, folder), join(root, 'node_modules', name));
    }
    return await work(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
