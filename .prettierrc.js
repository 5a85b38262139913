module.exports = {
  ...require('@backstage/cli/config/prettier'),
  overrides: [
    { files: '*.md', options: { proseWrap: 'always', printWidth: 100 } },
  ],
};
