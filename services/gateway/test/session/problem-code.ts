/** Status and code of a refusal. */
export async function refusal(answer: Response): Promise<readonly [number, string]> {
  const { code } = (await answer.json()) as { code: string };
  return [answer.status, code];
}
