"""An approved case into the city's core system: drivers, plan, fence, read-back.

``plan`` says what is written where (pure), ``drivers`` touch a screen, ``core_system`` walks the screens, ``fence`` keeps the
last click from happening twice.
"""
