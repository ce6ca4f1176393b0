import { CustomerId } from '@phone82/contracts';
import { Value } from 'typebox/value';
import { isRole, type Principal, type Role } from './principal.ts';

export interface ClaimNames {
  /** Of the roles: a claim's name, or a path such as `realm_access.roles`. */
  readonly roles: string;
  readonly agency: string;
}

const AGENCY = /^[\w.-]{1,64}$/;

/** Who a verified token is of; undefined if its subject cannot own records. Roles that are not ours are passed over. */
export function principalOf(
  claims: Readonly<Record<string, unknown>>,
  names: ClaimNames,
): Principal | undefined {
  const { sub } = claims;
  if (!Value.Check(CustomerId, sub)) return undefined;
  const agency = claimAt(claims, names.agency);
  return {
    subject: sub,
    roles: rolesOf(claimAt(claims, names.roles)),
    agency: typeof agency === 'string' && AGENCY.test(agency) ? agency : null,
    service: null,
  };
}

/** Issuers name roles in a list, in a text with spaces, or as the keys of an object (ZITADEL). */
function rolesOf(value: unknown): readonly Role[] {
  const named = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(/\s+/)
      : Object.keys((value ?? {}) as object);
  return [...new Set(named.filter(isRole))];
}

/** A claim of exactly this name counts before a path: ZITADEL's names hold colons, others hold dots. */
function claimAt(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let found: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Record<string, unknown>)[part];
  }
  return found;
}
