import './globals.css'

/** Without an icon of its own a page is asked for one. */
export const metadata = { icons: 'data:,' }

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
