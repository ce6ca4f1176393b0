/** What a person may be. One person may be several. */
export const roles = ['customer', 'agency', 'marketing', 'operator'] as const;
export type Role = (typeof roles)[number];

/** Who sent a request. */
export interface Principal {
  /** The person that it is for: a customer id, for customers. */
  readonly subject: string;
  readonly roles: readonly Role[];
  /** The agency that the person works for; null for everyone else. */
  readonly agency: string | null;
  /** The service that sent it; {@link ANY_SERVICE} for callers that count as every service; null for people. */
  readonly service: string | null;
}

/** In local demo mode, and for Java services let in by address: the caller may do what any service may. */
export const ANY_SERVICE = '*';

/** The customer to whom records belong that are older than sign-in, and who acts in local demo mode. */
export const DEMO_SUBJECT = 'demo';
/** The only agency for now. */
export const MAIN_AGENCY = 'main';

/** Everyone at once: the demo customer with all staff roles. */
export const demoPrincipal: Principal = {
  subject: DEMO_SUBJECT,
  roles,
  agency: MAIN_AGENCY,
  service: ANY_SERVICE,
};

export const isRole = (value: unknown): value is Role => (roles as readonly unknown[]).includes(value);
