export default {
  mode: 'production',
  context: import.meta.dirname,
  entry: './app.js',
  output: { path: `${import.meta.dirname}/dist`, filename: 'app.js', cssFilename: 'app.css' },
  experiments: { css: true },
  // React alone is near the size that webpack warns of.
  performance: false,
}
