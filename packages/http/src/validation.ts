import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { numberReader } from './numeric-strings.ts';

/** Checks each part of a request against its schema; nothing is dropped, and nothing converted but numeric strings. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema }) => {
  const validator = Compile(schema);
  const readNumbers = numberReader(schema);
  return (data: unknown) => {
    const value = readNumbers ? readNumbers(data) : data;
    return validator.Check(value) ? { value } : { error: validator.Errors(value) as never };
  };
};
