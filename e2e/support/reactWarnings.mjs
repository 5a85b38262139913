/** The location that webpack in development gives for our components. */
const OWN_SOURCE = /plugins\/cloudtrace\/src\//;

/** Backstage warns of an extension that uses React Router without its framework. */
const OWN_ROUTING =
  /Extension '[\w-]+:cloudtrace[^']*' uses implicit React Router/;

/**
 * Collects React warnings on a page whose component stack contains a component
 * of the plugin, and warnings about the routing of its extensions. Backstage's
 * own pages have warnings too, which these tests ignore.
 */
export function collectReactWarnings(page) {
  const warnings = new Set();
  page.on('console', async message => {
    if (OWN_ROUTING.test(message.text())) warnings.add(message.text());
    if (message.type() !== 'error') return;
    if (!message.text().startsWith('Warning:')) return;
    // React passes the component stack as a separate argument, not as part of
    // the text.
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
