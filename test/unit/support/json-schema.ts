import Ajv from 'ajv/dist/2020';

/** Judges by a JSON Schema with a validator that has nothing to do with what the schema was made from. */
export function faultsBy(schema: object, document: unknown): readonly string[] {
  // Instants have a pattern beside their format, and the pattern is what is judged.
  const validate = new Ajv({ allErrors: true, validateFormats: false }).compile(schema);
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
