/** Makes media queries answer as on a screen of this width. */
export function showOn(widthPx: number) {
  window.matchMedia = (query: string) => {
    const most = Number(/max-width: ?(\d+)px/.exec(query)?.[1] ?? 0);
    return {
      matches: widthPx <= most,
      media: query,
      addListener() {},
      removeListener() {},
      addEventListener() {},
      removeEventListener() {},
    } as unknown as MediaQueryList;
  };
}
