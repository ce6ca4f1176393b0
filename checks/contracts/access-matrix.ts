import type { Described } from './services.ts';

/** The page that holds the table, and the lines around it. */
export const SECURITY_PAGE = 'docs/security.md';
const BEGIN = '<!-- access matrix: npm run contracts -->';
const END = '<!-- end of the access matrix -->';

const ROLES = ['customer', 'agency', 'marketing', 'operator'] as const;

interface Operation {
  readonly operationId: string;
  readonly 'x-access'?: {
    readonly roles: readonly string[];
    readonly owner?: readonly string[];
    readonly services?: readonly string[];
  };
}
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** Who may call each operation, as a table in Markdown. */
export function accessMatrix(services: readonly Pick<Described, 'name' | 'openapi'>[]): string {
  const rows = services.flatMap(({ name, openapi }) =>
    Object.entries((openapi as { paths?: Paths }).paths ?? {}).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) =>
        rowOf(name, `${method.toUpperCase()} ${path}`, operation),
      ),
    ),
  );
  const head = ['service', 'operation', ...ROLES, 'services', 'not signed in'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function rowOf(service: string, address: string, { 'x-access': access }: Operation): readonly string[] {
  const what = `\`${address}\``;
  if (!access) return [service, what, ...ROLES.map(() => 'all'), 'all', 'all'];
  const cells = ROLES.map((role) => {
    if (!access.roles.includes(role)) return '';
    return access.owner?.includes(role) ? 'own' : 'all';
  });
  return [service, what, ...cells, access.services?.join(', ') ?? '', ''];
}

/** The page with its table made anew. @throws Error where the page has no place for it. */
export function withMatrix(page: string, services: readonly Pick<Described, 'name' | 'openapi'>[]): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${SECURITY_PAGE} has no place for the access matrix`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${accessMatrix(services)}\n\n${page.slice(end)}`;
}

/** What is wrong with the table that the page has now. */
export function matrixFaults(
  page: string,
  services: readonly Pick<Described, 'name' | 'openapi'>[],
): string[] {
  return withMatrix(page, services) === page ? [] : [`${SECURITY_PAGE} is old: run \`npm run contracts\``];
}
