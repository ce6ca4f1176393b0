import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { unknownCommands } from './commands.ts';
import { configurationFaults, honouredFaults } from './configuration.ts';
import { flowFaults } from './flows.ts';
import { brokenLinks } from './links.ts';
import { anchorsOf } from './markdown.ts';
import { passedOnFaults } from './passed-on.ts';
import { problemDocFaults } from './problem-docs.ts';

describe('the page of the problems', () => {
  const kinds = {
    'item-unknown': { status: 422, lasts: 'final', ko: '없는 상품', en: 'No such item' },
  } as never;
  const page = [
    '# Problems',
    '### `item-unknown` · 422 · final',
    '> 없는 상품',
    '> No such item',
    '**When** it is not sold.',
    '**Do** look at the list.',
  ].join('\n');

  test('passes when it tells everything of every code', () => {
    assert.deepEqual(problemDocFaults(page, kinds), []);
  });
  test('is faulted for a code that it does not have', () => {
    assert.deepEqual(problemDocFaults('# Problems', kinds), [
      'docs/problems.md: item-unknown is not documented',
    ]);
  });
  test('is faulted for a code that no service answers with', () => {
    assert.deepEqual(problemDocFaults(`${page}\n## \`gone\` · 410\n`, kinds), [
      'docs/problems.md: gone is documented, but no service answers with it',
    ]);
  });
  for (const [what, from, to] of [
    ['its status', '422', '404'],
    ['whether it is final or temporary', 'final', 'temporary'],
    ['its Korean text', '없는 상품', '상품'],
    ['its English text', 'No such', 'None'],
    ['when it comes', '**When** it is not sold.', ''],
    ['what to do', '**Do** look at the list.', '**Do**'],
  ] as const) {
    test(`is faulted when a code lacks ${what}`, () => {
      assert.deepEqual(problemDocFaults(page.replace(from, to), kinds), [
        `docs/problems.md: item-unknown lacks ${what}`,
      ]);
    });
  }
});

describe('a link', () => {
  const faultsOf = (text: string) =>
    brokenLinks({
      texts: new Map([
        ['docs/a.md', text],
        ['README.md', '# Start here\n## 두 명령\n'],
      ]),
      exists: (path) => ['README.md', 'docs/a.md', 'docs'].includes(path),
    });

  test('that leads somewhere passes, also to a Korean heading and out of the project', () => {
    assert.deepEqual(
      faultsOf('[a](../README.md#두-명령) [b](https://example.org) [c](#top)\n# Top\n[d](.)\n'),
      [],
    );
  });
  test('to a missing file is found', () => {
    assert.deepEqual(faultsOf('[a](gone.md)'), ['docs/a.md links to gone.md, which is not there']);
    assert.deepEqual(faultsOf('[a][b]\n\n[b]: ../gone.md\n'), [
      'docs/a.md links to ../gone.md, which is not there',
    ]);
  });
  test('to a missing heading is found', () => {
    assert.deepEqual(faultsOf('[a](../README.md#end)'), [
      'docs/a.md links to ../README.md#end, which is no heading there',
    ]);
  });
  test('in code is no link', () => {
    assert.deepEqual(faultsOf('`[a](gone.md)`\n```\n[a](gone.md)\n```\n'), []);
  });
});

test('equal headings get numbered anchors, and a # in code is none', () => {
  assert.deepEqual([...anchorsOf('# A b\n```sh\n# c\n```\n# A b\n')], ['a-b', 'a-b-1']);
});

describe('a guide', () => {
  const known = { commands: new Set(['up']), scripts: new Set(['check:docs']) };
  const faultsOf = (text: string) => unknownCommands('README.md', text, known);

  test('that names what exists passes', () => {
    assert.deepEqual(faultsOf('`./phone82 up --detach`, `./phone82 --help`, `npm run -s check:docs`'), []);
  });
  test('with an unknown command or script is found', () => {
    assert.deepEqual(faultsOf('`./phone82 fly`, `npm run check:moon`'), [
      'README.md names ./phone82 fly, which is no command',
      'README.md names npm run check:moon, which is no script',
    ]);
  });
});

describe('the walk through a story', () => {
  test('that names files that are there passes', () => {
    assert.deepEqual(
      flowFaults('docs/flows/a.md', '`services/app/src/main.ts:3` `qty=1`', () => true),
      [],
    );
  });
  test('through a file that is gone is found', () => {
    assert.deepEqual(
      flowFaults('docs/flows/a.md', '`services/app/src/gone.ts`', () => false),
      ['docs/flows/a.md walks through services/app/src/gone.ts, which is not there'],
    );
  });
  test('of a cancel through a fifth file of a service is found', () => {
    const files = ['a', 'b', 'c', 'd', 'e'].map((name) => `\`services/pay/src/${name}.ts\``).join(' ');
    assert.deepEqual(
      flowFaults('docs/flows/cancel-order.md', files, () => true),
      ['docs/flows/cancel-order.md needs 5 files of pay (limit 4)'],
    );
  });
});

describe('the page of the settings', () => {
  const services = { app: ['PORT', 'PAY_URL'], pay: ['PORT'] };

  test('that has every key passes, with those of the platform beside them', () => {
    const page = '| `PORT` | 8081 |\n| `PAY_URL` | |\n| `PHONE82_HOME` | |\n';
    assert.deepEqual(configurationFaults(page, services), []);
  });
  test('is faulted for a setting that is not passed on to services, and for one that nothing reads', () => {
    assert.deepEqual(honouredFaults(['PORT', 'OLD_KEY'], services), [
      'platform/src/honoured-settings.ts: PAY_URL is not passed on to services',
      'platform/src/honoured-settings.ts: OLD_KEY is passed on, but no service reads it',
    ]);
  });
  test('is faulted for a key that it lacks and for one that nothing reads', () => {
    assert.deepEqual(configurationFaults('| `PAY_URL` | |\n| `OLD_KEY` | |\n', services), [
      'docs/configuration.md: PORT of app, pay is not documented',
      'docs/configuration.md: OLD_KEY is documented, but no service reads it',
    ]);
  });
});

describe('a process that is started', () => {
  const faultsOf = (text: string, path = 'platform/src/start.ts') => passedOnFaults(new Map([[path, text]]));

  for (const env of ['{ ...process.env, A: "1" }', '{ ...system.environment }', '{ env: process.env }'])
    test(`is faulted for the whole environment of the caller: ${env}`, () => {
      assert.match(faultsOf(`spawn('a', [], ${env})`)[0] ?? '', /^platform\/src\/start\.ts: a process gets/);
    });
  test('may have what counts of it', () => {
    assert.deepEqual(faultsOf("spawn('a', [], { env: serverEnvironment() })"), []);
  });
});
