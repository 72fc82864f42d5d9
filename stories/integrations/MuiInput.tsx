import Button from '@mui/material/Button'
import Paper from '@mui/material/Paper'
import Stack from '@mui/material/Stack'
import TextField from '@mui/material/TextField'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTypingIndicator } from 'react-linq-typing'

export interface MuiInputProps {
  chatId: string
  onSend: (text: string) => Promise<void>
}

export function MuiInput({ chatId, onSend }: MuiInputProps): ReactNode {
  const typing = useTypingIndicator(chatId)
  const [text, setText] = useState('')
  const [isNotSent, setNotSent] = useState(false)
  const isBlank = text.trim() === ''

  const send = () => {
    if (isBlank) return
    const sending = onSend(text)
    typing.sent(sending)
    setText('')
    setNotSent(false)
    // Not sent: put it back, before anything typed meanwhile.
    sending.catch(() => {
      setText((since) => (since === '' ? text : `${text}\n${since}`))
      setNotSent(true)
    })
  }
  const sendOnEnter = (event: KeyboardEvent) => {
    // In Safari, only key code 229 marks an Enter that ended a composition.
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229
    if (event.key !== 'Enter' || event.shiftKey || isComposing) return
    event.preventDefault()
    send()
  }

  return (
    <Stack component={Paper} direction="row" spacing={1} sx={{ padding: 2, alignItems: 'flex-start' }}>
      <TextField
        label="Message"
        multiline
        fullWidth
        maxRows={8}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={sendOnEnter}
        error={isNotSent}
        helperText={isNotSent && 'Your message was not sent.'}
        slotProps={{ htmlInput: typing.inputProps, formHelperText: { role: 'alert' } }}
      />
      <Button variant="contained" disabled={isBlank} onClick={send} sx={{ height: 56 }}>
        Send
      </Button>
    </Stack>
  )
}
