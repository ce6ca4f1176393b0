import type { Role } from '@phone82/access';

/** One operation of a service as its OpenAPI document has it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Absent: public. */
  readonly access?: DeclaredAccess | undefined;
}

export interface DeclaredAccess {
  readonly roles: readonly Role[];
  readonly owner?: readonly Role[];
  readonly services?: readonly string[];
}

interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { operationId: string; 'x-access'?: DeclaredAccess }>>>
  >;
}

export const operationsOf = ({ paths }: Document): readonly Operation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      access: operation['x-access'],
    })),
  );
