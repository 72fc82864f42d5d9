export default {
  testEnvironment: './jsdomWithFetch.js',
  // The package is published as ES modules, which Jest wants transformed like the app's own files.
  transformIgnorePatterns: ['/node_modules/(?!react-linq-typing/)'],
  transform: {
    '\\.jsx?$': [
      'babel-jest',
      {
        presets: [['@babel/preset-react', { runtime: 'automatic' }]],
        plugins: ['@babel/plugin-transform-modules-commonjs'],
      },
    ],
  },
}
