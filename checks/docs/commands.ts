interface Known {
  /** Words of the command line. */
  readonly commands: ReadonlySet<string>;
  /** Scripts of package.json. */
  readonly scripts: ReadonlySet<string>;
}

/** Commands that a page tells its reader to type and that do not exist. */
export function unknownCommands(page: string, text: string, { commands, scripts }: Known): string[] {
  const typed = [...text.matchAll(/\.\/phone82 +([a-z][\w-]*)/g)].map((match) => match[1] as string);
  const run = [...text.matchAll(/npm run +(?:-s +|--silent +)?([a-z][\w:-]*)/g)].map(
    (match) => match[1] as string,
  );
  return [
    ...typed
      .filter((word) => !commands.has(word))
      .map((word) => `${page} names ./phone82 ${word}, which is no command`),
    ...run
      .filter((script) => !scripts.has(script))
      .map((script) => `${page} names npm run ${script}, which is no script`),
  ];
}
