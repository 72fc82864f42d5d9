import { EditorContent, useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { type ReactNode, useState } from 'react'
import { useTypingIndicator } from 'react-linq-typing'

export interface TiptapInputProps {
  chatId: string
  onSend: (text: string) => Promise<void>
}

export function TiptapInput({ chatId, onSend }: TiptapInputProps): ReactNode {
  const typing = useTypingIndicator(chatId)
  const [isNotSent, setNotSent] = useState(false)
  const editor = useEditor({
    extensions: [StarterKit],
    onUpdate: ({ editor }) => typing.keystroke(editor.getText()),
    editorProps: {
      attributes: { class: 'kit-field', role: 'textbox', 'aria-label': 'Message', 'aria-multiline': 'true' },
      handleKeyDown: (view, event) => {
        if (event.key !== 'Enter' || event.shiftKey || view.composing) return false
        send()
        return true
      },
    },
  })

  function send() {
    const text = editor.getText()
    if (text.trim() === '') return
    const { content } = editor.getJSON()
    const sending = onSend(text)
    // Before clearing the editor: an empty one alone would mean that nobody is typing any more.
    typing.sent(sending)
    editor.commands.clearContent()
    setNotSent(false)
    // Not sent: put it back, before anything typed meanwhile. That doesn't count as an edit.
    sending.catch(() => {
      const place = editor.isEmpty ? { from: 0, to: editor.state.doc.content.size } : 0
      editor.chain().setMeta('preventUpdate', true).insertContentAt(place, content).run()
      setNotSent(true)
    })
  }

  return (
    <>
      <div className="kit-row">
        <EditorContent editor={editor} className="kit-editor" />
        <button className="kit-send" onClick={send}>
          Send
        </button>
      </div>
      {isNotSent && (
        <p className="kit-note" role="alert">
          Your message was not sent.
        </p>
      )}
    </>
  )
}
