import { posix } from 'node:path';
import { anchorsOf, linksOf } from './markdown.ts';

/** Text of the pages by their path; `exists` says whether a path of the project is there. */
export interface Pages {
  readonly texts: ReadonlyMap<string, string>;
  exists(path: string): boolean;
}

/** Relative links that lead to no file, or to no heading of a page. */
export function brokenLinks({ texts, exists }: Pages): string[] {
  return [...texts].flatMap(([page, text]) =>
    linksOf(text)
      .filter((link) => !/^[a-z][a-z+.-]*:|^\/\//i.test(link))
      .flatMap((link) => {
        const [path = '', anchor] = decodeURI(link).split('#', 2);
        const target = path === '' ? page : posix.join(posix.dirname(page), path);
        if (!exists(target)) return [`${page} links to ${link}, which is not there`];
        const targetText = texts.get(target);
        if (!anchor || targetText === undefined || anchorsOf(targetText).has(anchor)) return [];
        return [`${page} links to ${link}, which is no heading there`];
      }),
  );
}
