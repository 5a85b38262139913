import document from '../schema/openapi.json';

const { EntityKind, EntityNamePart } = document.components.schemas;

/**
 * Whether each part of an entity reference has the format in the OpenAPI
 * document.
 *
 * @remarks The parts are joined by `:` and `/`. A part that contains one of
 * them would refer to another entity than the one that was checked.
 */
export function isEntityRef(parts: {
  kind: string;
  namespace: string;
  name: string;
}): boolean {
  return (
    fits(parts.kind, EntityKind) &&
    fits(parts.namespace, EntityNamePart) &&
    fits(parts.name, EntityNamePart)
  );
}

function fits(
  text: string,
  schema: { pattern: string; maxLength: number },
): boolean {
  return (
    text.length <= schema.maxLength &&
    new RegExp(schema.pattern, 'u').test(text)
  );
}
