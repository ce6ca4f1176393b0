/** A person who can sign in. The subject is also the user name. */
export interface Account {
  readonly subject: string;
  readonly name: { readonly ko: string; readonly en: string };
  readonly roles: readonly string[];
  /** Only people of an agency have one. */
  readonly agency?: string | undefined;
}

/** What tokens say of a person, beside the subject. */
export const claimsOf = ({ name, roles, agency }: Account) => ({
  name: name.ko,
  'name#en': name.en,
  roles: [...roles],
  ...(agency !== undefined && { agency }),
});
