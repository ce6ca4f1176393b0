/** Settings of the platform and of the process are no service's, but belong on the page. */
const NO_SERVICES = /^(PHONE82_|NODE_)/;

/** Where the page of the settings and the services' configurations disagree. Rows begin with the key in backticks. */
export function configurationFaults(
  markdown: string,
  services: Readonly<Record<string, readonly string[]>>,
): string[] {
  const keys = new Set(Object.values(services).flat());
  const documented = new Set(
    [...markdown.matchAll(/^\| *`([A-Z][A-Z0-9_]*)`/gm)].map((match) => match[1] as string),
  );
  const usersOf = (key: string) => Object.keys(services).filter((name) => services[name]?.includes(key));
  return [
    ...[...keys]
      .filter((key) => !documented.has(key))
      .map((key) => `${key} of ${usersOf(key).join(', ')} is not documented`),
    ...[...documented]
      .filter((key) => !keys.has(key) && !NO_SERVICES.test(key))
      .map((key) => `${key} is documented, but no service reads it`),
  ].map((fault) => `docs/configuration.md: ${fault}`);
}

/** Where the list of what `up` passes on and the services' configurations disagree: a setting that is not passed on has no effect. */
export function honouredFaults(
  honoured: readonly string[],
  services: Readonly<Record<string, readonly string[]>>,
): string[] {
  const keys = new Set(Object.values(services).flat());
  return [
    ...[...keys].filter((key) => !honoured.includes(key)).map((key) => `${key} is not passed on to services`),
    ...honoured.filter((key) => !keys.has(key)).map((key) => `${key} is passed on, but no service reads it`),
  ].map((fault) => `platform/src/honoured-settings.ts: ${fault}`);
}
