import { AxeBuilder } from '@axe-core/playwright';

const GRAVE = ['serious', 'critical'];

/**
 * The violations that axe-core rates serious or critical in a part of the page,
 * one line per rule and place.
 */
export async function findBarriers(page, selector) {
  const { violations } = await new AxeBuilder({ page })
    .include(selector)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  return violations
    .filter(({ impact }) => GRAVE.includes(impact))
    .flatMap(({ id, impact, help, nodes }) =>
      nodes.map(
        ({ html, any: [reason] }) =>
          `${impact} ${id} (${help}): ${html.slice(0, 200)}${
            reason ? `; ${reason.message}` : ''
          }`,
      ),
    );
}
