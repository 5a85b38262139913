/** Where webpack in development says that a component of ours comes from. */
const OWN_SOURCE = /plugins\/cloudtrace\/src\//;

/**
 * Gathers what React complains about on a page, as far as a component of the
 * plugin is in the stack of components. Backstage's own pages have warnings of
 * their own, which are none of our business.
 */
export function collectReactWarnings(page) {
  const warnings = new Set();
  page.on('console', async message => {
    if (message.type() !== 'error' || !message.text().startsWith('Warning:'))
      return;
    // The stack of components is an argument of its own, not part of the text.
    const parts = await Promise.all(
      message
        .args()
        .map(arg => arg.evaluate(value => String(value)).catch(() => '')),
    );
    const whole = parts.join('\n');
    if (OWN_SOURCE.test(whole)) warnings.add(whole.slice(0, 2_000));
  });
  return warnings;
}
