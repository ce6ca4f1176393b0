import { ANY_SERVICE, type Principal, type Role } from './principal.ts';

/** A role that sees only records of its own: a customer those with its subject, an agency those with its name. */
export type OwningRole = Extract<Role, 'customer' | 'agency'>;

/**
 * Who may call a route. `public`: everyone, and no token is looked at. `anyone`: everyone, but a token that does not count is refused. Or else the
 * people and services named.
 */
export type Access =
  | 'public'
  | 'anyone'
  | {
      /** People with one of these roles. */
      readonly roles: readonly Role[];
      /** Of these roles, those that reach only what they own. Default: none. */
      readonly owner?: readonly OwningRole[];
      /** Services that may call it. Default: none. */
      readonly services?: readonly string[];
    };

export type Restricted = Exclude<Access, string>;

/** The fields by which records belong to someone, and whose count. A record is in it if one of the fields matches. */
export type OwnedBy = Readonly<Partial<Record<OwningRole, string>>>;

/** Whether a principal may call a route at all. Which records it reaches is {@link ownedBy}'s to say. */
export function mayCall(principal: Principal, access: Restricted): boolean {
  const { service } = principal;
  const { services = [] } = access;
  if (service !== null && (service === ANY_SERVICE ? services.length > 0 : services.includes(service)))
    return true;
  return rolesIn(principal, access).length > 0;
}

/**
 * Whose records a principal reaches by a route that it may call; undefined: everyone's. A role that owns nothing there reaches all, and so do
 * services.
 */
export function ownedBy(principal: Principal, access: Access): OwnedBy | undefined {
  if (typeof access === 'string' || principal.service !== null) return undefined;
  const { owner = [] } = access;
  const held = rolesIn(principal, access);
  if (held.some((role) => !(owner as readonly Role[]).includes(role))) return undefined;
  return {
    ...(held.includes('customer') && { customer: principal.subject }),
    ...(held.includes('agency') && principal.agency !== null && { agency: principal.agency }),
  };
}

const rolesIn = (principal: Principal, access: Restricted): readonly Role[] =>
  principal.roles.filter((role) => access.roles.includes(role));
