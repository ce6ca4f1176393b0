import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { runProgram } from '@phone82/checks';

const root = join(import.meta.dirname, '..', '..', '..');
const workflow = join(root, '.github', 'workflows', 'pipeline.yml');
const lint = (file: string) => runProgram(join(root, 'deploy', 'tools', 'actionlint'), [file]);

describe('the pipeline', () => {
  test('passes the linter of its format', async () => {
    const { code, stdout } = await lint(workflow);
    assert.equal(code, 0, stdout);
  });

  test('does not, once a job waits for one that there is not', async (context) => {
    const folder = await mkdtemp(join(root, '.phone82', 'workflow-'));
    context.after(() => rm(folder, { recursive: true }));
    const planted = join(folder, 'planted.yml');
    await writeFile(planted, (await readFile(workflow, 'utf8')).replace('needs: guard', 'needs: nobody'));
    const { code, stdout } = await lint(planted);
    assert.equal(code, 1);
    assert.match(stdout, /needs job "nobody"/);
  });

  test('calls the scripts that run anywhere else too', async () => {
    const text = await readFile(workflow, 'utf8');
    for (const script of ['.ci/run', 'deploy/image/build', 'deploy/release'])
      assert.ok(text.includes(script), script);
  });

  test('names every action by its commit', async () => {
    for (const [, action = ''] of (await readFile(workflow, 'utf8')).matchAll(/uses: (\S+)/g))
      assert.match(action, /@[0-9a-f]{40}$/);
  });
});
