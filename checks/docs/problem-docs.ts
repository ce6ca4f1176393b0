import type { ProblemCode, problems } from '@phone82/contracts';
import { sectionsOf } from './markdown.ts';

type Kind = Pick<(typeof problems)[ProblemCode], 'status' | 'lasts' | 'ko' | 'en'>;

/** Where the page of the problems and the problems themselves disagree. */
export function problemDocFaults(markdown: string, kinds: Readonly<Record<string, Kind>>): string[] {
  const documented = new Map(
    sectionsOf(markdown).flatMap(({ heading, body }) => {
      const code = /^`([a-z-]+)`/.exec(heading)?.[1];
      return code ? [[code, { heading, body }] as const] : [];
    }),
  );
  const unknown = [...documented.keys()].filter((code) => !(code in kinds));
  return [
    ...unknown.map((code) => `${code} is documented, but no service answers with it`),
    ...Object.entries(kinds).flatMap(([code, kind]) => {
      const section = documented.get(code);
      return section ? faultsOf(code, kind, section) : [`${code} is not documented`];
    }),
  ].map((fault) => `docs/problems.md: ${fault}`);
}

function faultsOf(code: string, kind: Kind, section: { heading: string; body: string }): string[] {
  const wanted = [
    ['its status', section.heading.includes(String(kind.status))],
    ['whether it is final or temporary', section.heading.endsWith(` · ${kind.lasts}`)],
    ['its Korean text', section.body.includes(kind.ko)],
    ['its English text', section.body.includes(kind.en)],
    ['when it comes', /^\*\*When\*\* \S/m.test(section.body)],
    ['what to do', /^\*\*Do\*\* \S/m.test(section.body)],
  ] as const;
  return wanted.filter(([, told]) => !told).map(([what]) => `${code} lacks ${what}`);
}
