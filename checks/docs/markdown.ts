/** A part of a Markdown text: a heading and what stands below it, up to the next heading of any level. */
export interface Section {
  readonly heading: string;
  readonly body: string;
}

export function sectionsOf(markdown: string): Section[] {
  const parts = withoutCode(markdown, 'keep').split(/^#{1,6} (.*)$/m);
  return parts.flatMap((heading, index) =>
    index % 2 === 1 ? [{ heading: heading.trim(), body: parts[index + 1] ?? '' }] : [],
  );
}

/** The targets of all links, outside code. */
export function linksOf(markdown: string): string[] {
  const text = withoutCode(markdown, 'drop').replaceAll(/`[^`\n]*`/g, '');
  const inline = [...text.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)];
  const references = [...text.matchAll(/^\[[^\]]+\]: +(\S+)/gm)];
  return [...inline, ...references].map((match) => match[1] as string);
}

/** The anchors that a page gives its headings, as GitHub does: two equal headings get different ones. */
export function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const { heading } of sectionsOf(markdown)) {
    const slug = slugOf(heading);
    let anchor = slug;
    for (let again = 1; anchors.has(anchor); again += 1) anchor = `${slug}-${again}`;
    anchors.add(anchor);
  }
  return anchors;
}

function slugOf(heading: string): string {
  const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
  return plain.replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '').replaceAll(' ', '-');
}

/** A `#` in a block of code is no heading. */
function withoutCode(markdown: string, blocks: 'keep' | 'drop'): string {
  return markdown.replaceAll(/^ *(```|~~~)[^\n]*\n[\s\S]*?^ *\1/gm, (block) =>
    blocks === 'drop' ? '' : block.replaceAll(/^#/gm, ' #'),
  );
}
