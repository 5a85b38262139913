import { openView } from './openView';

const views = ['overview', 'requests'];
const TAB = '/catalog/default/component/overview/cloudtrace';

describe('openView', () => {
  it.each([
    [`${TAB}/requests`, TAB, 'requests'],
    [`${TAB}/requests/`, TAB, 'requests'],
    [`${TAB}/requests/deeper`, TAB, 'requests'],
    [TAB, TAB, undefined],
    [`${TAB}/`, TAB, undefined],
    [`${TAB}/unknown`, TAB, undefined],
    [`${TAB}/requests-of-today`, TAB, undefined],
  ])('finds the view of %s below the path of the tab', (path, base, view) => {
    expect(openView(path, views, TAB)).toEqual({ basePath: base, view });
    expect(openView(path, views, `${TAB}/`)).toEqual({ basePath: base, view });
  });

  it.each([
    [`${TAB}/requests`, TAB, 'requests'],
    [TAB, TAB, undefined],
  ])('finds the view of %s without the path of the tab', (path, base, view) => {
    expect(openView(path, views)).toEqual({ basePath: base, view });
    expect(openView(path, views, '/elsewhere')).toEqual({
      basePath: base,
      view,
    });
  });

  it('finds a tab at the root', () => {
    expect(openView('/requests', views, '/')).toEqual({
      basePath: '',
      view: 'requests',
    });
  });
});
