import { spawn } from 'node:child_process';
import { projectRoot } from './source-files.ts';
import type { Tally } from './tests/tally.ts';

/** The scripts of package.json that have to pass before anything is merged, the quick ones first. */
const CHECKS = [
  'check:clean',
  'check:docs',
  'check:manifests',
  'check:lint',
  'check:architecture',
  'shape',
  'check:contracts',
  'check:dead-code',
  'check:types',
];
const SHOWN_LINES = 60;

export interface CheckRunOptions {
  /** Scripts of package.json. Default: all checks. */
  readonly scripts?: readonly string[];
  /** Default: this checkout. */
  readonly root?: string;
  /** Takes the lines that say how far the run is. Default: the console. */
  readonly print?: (line: string) => void;
}

/** Runs the checks one after another, says how each went, and shows what one that failed found. */
export async function runChecks(options: CheckRunOptions = {}): Promise<Tally> {
  const { scripts = CHECKS, root = projectRoot, print = console.log } = options;
  let passed = 0;
  for (const [index, script] of scripts.entries()) {
    const began = performance.now();
    const { isPassed, lines } = await run(script, root);
    const place = `[${index + 1}/${scripts.length}]`;
    const seconds = `${((performance.now() - began) / 1000).toFixed(1)} s`;
    if (!isPassed) print(lines.slice(-SHOWN_LINES).join('\n'));
    print(`${place} ${isPassed ? '✓' : '✗'} ${script} (${seconds}) ${isPassed ? lines.at(-1) : 'failed'}`);
    if (isPassed) passed += 1;
  }
  print(`${passed} passed, ${scripts.length - passed} failed`);
  return { passed, failed: scripts.length - passed };
}

function run(script: string, root: string): Promise<{ isPassed: boolean; lines: readonly string[] }> {
  const child = spawn('npm', ['run', '--silent', script], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const lines = output.split('\n').filter((line) => line.trim() && !line.startsWith('npm warn'));
      resolve({ isPassed: code === 0, lines });
    });
  });
}
