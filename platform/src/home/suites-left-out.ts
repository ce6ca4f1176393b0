import { installCommand, machinePrograms, missingPrograms, type ProgramName } from '@phone82/local-server';

/** A line for each program that tests need and this machine lacks: phone82 itself runs without. */
export function suitesLeftOut(
  missing = missingPrograms(Object.keys(machinePrograms) as ProgramName[]),
): readonly string[] {
  return missing.map((name) => {
    const { enables } = machinePrograms[name];
    return `note  no ${name}: ${enables} do not run; to run them: ${installCommand([name]) ?? `install ${name}`}`;
  });
}
