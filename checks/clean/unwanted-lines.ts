/** Something that no line of a kind of file may hold. */
interface UnwantedLine {
  readonly what: string;
  readonly pattern: RegExp;
  readonly inFiles: RegExp;
}

const ANY = /./;
const TESTS = /\.test\.tsx?$|(^|\/)test\/|^(packages\/testkit|e2e|chaos)\//;

// Patterns with a group where none is needed: written plainly they would find themselves.
const unwanted: readonly UnwantedLine[] = [
  {
    what: "a path of someone's machine",
    pattern: /(?<![\w.~$}-])\/(?:work|root|home\/\w[\w.-]*|Users\/\w[\w.-]*)\//,
    inFiles: ANY,
  },
  {
    what: 'the host of a package registry',
    pattern: /(?:registry|npm)\.(?:npmjs|yarnpkg|npmmirror|pkg)\.|"resolved": "https?:|registry ?= ?https?:/,
    inFiles: ANY,
  },
  { what: 'unfinished work', pattern: /\b(?:TO)DO\b|\b(?:FIX)ME\b|\bX(?:XX)\b/, inFiles: ANY },
  {
    what: 'a test that is skipped or singled out',
    pattern:
      /\b(?:it|test|describe|suite)\.(?:skip|only|todo)\b|\bt\.(?:skip|todo)\(|\{ ?(?:skip|only|todo):/,
    inFiles: TESTS,
  },
];

/** The violations in one file's text, each with its line. */
export function unwantedLines(file: string, text: string): string[] {
  const looked = unwanted.filter(({ inFiles }) => inFiles.test(file));
  return text
    .split('\n')
    .flatMap((line, index) =>
      looked
        .filter(({ pattern }) => pattern.test(line))
        .map(({ what }) => `${file}:${index + 1} has ${what}: ${line.trim().slice(0, 100)}`),
    );
}
