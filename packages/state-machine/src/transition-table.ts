import type { EventType, ProblemCode } from '@phone82/contracts';

/** What a command does in a state: leads on and says so by events, changes nothing, or is refused. */
export type Transition<State extends string> =
  | { readonly to: State; readonly emits?: readonly EventType[] }
  | 'stay'
  | { readonly refuse: ProblemCode };

/** A state machine as data. Every pair of state and command has an outcome: the type leaves none out. */
export type TransitionTable<State extends string, Command extends string> = {
  readonly [S in State]: { readonly [C in Command]: Transition<State> };
};

/**
 * Checks a table when the process starts and hands it back: every state can be reached from an
 * initial one, and a final state is never left.
 * @throws Error naming the first fault.
 */
export function defineTransitions<State extends string, Command extends string>(
  table: TransitionTable<State, Command>,
  rules: { readonly initial: State | readonly State[]; readonly final: readonly State[] },
): TransitionTable<State, Command> {
  const initial = [rules.initial].flat() as State[];
  const reached = reachableFrom(table, initial);
  for (const state of Object.keys(table) as State[]) {
    if (!reached.has(state))
      throw new Error(`the state ${state} cannot be reached from ${initial.join(' or ')}`);
    if (rules.final.includes(state) && targetsOf(table, state).some((target) => target !== state)) {
      throw new Error(`the final state ${state} is left again`);
    }
  }
  return table;
}

function targetsOf<State extends string, Command extends string>(
  table: TransitionTable<State, Command>,
  state: State,
): State[] {
  const transitions = Object.values(table[state]) as Transition<State>[];
  return transitions.flatMap((transition) =>
    typeof transition === 'object' && 'to' in transition ? [transition.to] : [],
  );
}

function reachableFrom<State extends string, Command extends string>(
  table: TransitionTable<State, Command>,
  initial: readonly State[],
): Set<State> {
  const reached = new Set<State>(initial);
  for (const state of reached) for (const target of targetsOf(table, state)) reached.add(target);
  return reached;
}
