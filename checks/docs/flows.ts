const PATH = /^(?:services|packages|contracts|platform|checks|e2e|docs|web|simulation)\/[\w./-]+$/;
/** A reader of a cancel should need no more of a service than this. */
const MOST_FILES_OF_A_SERVICE = 4;

/** Paths that the walk through a story names but that are not there; and, of a cancel, too many of one service. */
export function flowFaults(page: string, text: string, exists: (path: string) => boolean): string[] {
  const named = [...text.matchAll(/`([^`\n]+?)(?::\d+)?`/g)].map((match) => match[1] as string);
  const paths = [...new Set(named.filter((name) => PATH.test(name)))];
  return [
    ...paths
      .filter((path) => !exists(path))
      .map((path) => `${page} walks through ${path}, which is not there`),
    ...(page.endsWith('/cancel-order.md') ? tooManyFiles(page, paths) : []),
  ];
}

function tooManyFiles(page: string, paths: readonly string[]): string[] {
  const files = paths.filter((path) => /^services\/.*\.ts$/.test(path));
  return [...Map.groupBy(files, (path) => path.split('/')[1])]
    .filter(([, ofService]) => ofService.length > MOST_FILES_OF_A_SERVICE)
    .map(
      ([service, { length }]) =>
        `${page} needs ${length} files of ${service} (limit ${MOST_FILES_OF_A_SERVICE})`,
    );
}
