"""What every diagram is made of.

Begin with `diagram`, the value that each function returns, and `svg`, its elements. `notes`, `chart`,
`plane` and `marks` are what is drawn; `sizes`, `numbers`, `text` how large and in which words; `neurons`
and `steps` what an element stands for and when it is seen; `given` and `asking` read data and ask a
model.
"""
